import type { ConsoleWords } from '../messages/en/console.js';
import { useLoadedWords, type Loaders } from '../ui/language.js';

export const loaders: Loaders<ConsoleWords> = {
  en: () => import('../messages/en/console.js'),
  'zh-CN': () => import('../messages/zh-CN/console.js'),
};

/** Every text of the console, in the language of the page. */
export function useWords(): ConsoleWords {
  return useLoadedWords() as ConsoleWords;
}
