import type { PortalWords } from '../messages/en/portal.js';
import { useLoadedWords, type Loaders } from '../ui/language.js';

export const loaders: Loaders<PortalWords> = {
  en: () => import('../messages/en/portal.js'),
  'zh-CN': () => import('../messages/zh-CN/portal.js'),
};

/** Every text of the portal, in the language of the page. */
export function useWords(): PortalWords {
  return useLoadedWords() as PortalWords;
}
