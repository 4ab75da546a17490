import { moment } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

/** From when to when a version holds. */
export function ValidWords({ from, to }: { from: string; to: string | null }) {
  const texts = useWords().pages.rules;
  const { language } = useLanguage();
  const begin = moment(from, language);
  return <>{to === null ? texts.validFrom(begin) : texts.validFromTo(begin, moment(to, language))}</>;
}
