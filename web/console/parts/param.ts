import { useParams } from '@tanstack/react-router';

/** A part of the address that the page's place names: `useParam('id')` of `/merchants/$id`. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const value = params[name];
  if (value === undefined) throw new Error(`The address has no ${name}.`);
  return value;
}
