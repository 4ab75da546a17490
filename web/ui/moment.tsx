import { day, moment } from './format.js';
import { useLanguage } from './language.js';

/** A moment, to the minute; the exact one on hover. With `timeZone`, as the clock there shows it. */
export function Moment({ at, timeZone }: { at: string; timeZone?: string }) {
  const { language } = useLanguage();
  return (
    <time dateTime={at} title={at}>
      {moment(at, language, timeZone)}
    </time>
  );
}

/** The day of a moment. */
export function Day({ at, timeZone }: { at: string; timeZone?: string }) {
  const { language } = useLanguage();
  return (
    <time dateTime={at} title={at}>
      {day(at, language, timeZone)}
    </time>
  );
}
