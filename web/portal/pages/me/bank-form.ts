import { api } from '../../../api/client.js';
import type { Language } from '../../../ui/language.js';

type Label = Record<Language, string>;

/** A field as the registration form's JSON Schema describes it, with its words in both languages. */
export interface FormField {
  type: 'string' | 'boolean';
  'x-label': Label;
  'x-hint'?: Label;
  /** What a value has to be like. */
  'x-rule'?: Label;
  'x-autocomplete'?: string;
  maxLength?: number;
  enum?: readonly string[];
}

interface FormSchema {
  properties: { bankAccount: { properties: Record<string, FormField>; required: readonly string[] } };
}

/** The fields of a bank account: the same as on the registration form, from the same description. */
export function useBankForm() {
  const query = api.useQuery('get', '/v1/merchant-applications/form', {}, { staleTime: Infinity });
  const form = (query.data as FormSchema | undefined)?.properties.bankAccount;
  return { query, form };
}
