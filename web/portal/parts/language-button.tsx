import { useLanguage } from '../../ui/language.js';
import { useWords } from '../words.js';

/** Changes to the other language, in whose own words it says so. */
export function LanguageButton() {
  const words = useWords();
  const { language, choose } = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="plain" lang={other} onClick={() => choose(other)}>
      {words.language.other}
    </button>
  );
}
