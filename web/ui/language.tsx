import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from './format.js';

export type { Language };

/** Where the choice is kept; the registration form reads the same. */
const KEPT_AS = 'yinke.language';

/** The words of an entry in each language, loaded when they are needed. */
export type Loaders<Words> = Record<Language, () => Promise<{ default: Words }>>;

interface Chosen {
  language: Language;
  choose(language: Language): void;
  words: unknown;
}

const Context = createContext<Chosen | null>(null);

/** As in the address (`?lang=en`), as chosen before, or as the browser asks. */
function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? kept() ?? navigator.language;
  return asked.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** Shows its children in the language of the person, who may choose another one at any time. */
export function LanguageProvider<Words>({ loaders, children }: { loaders: Loaders<Words>; children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const [loaded, setLoaded] = useState<{ language: Language; words: Words } | null>(null);
  useEffect(() => {
    let current = true;
    void loaders[language]().then(({ default: words }) => {
      if (!current) return;
      document.documentElement.lang = language;
      setLoaded({ language, words });
    });
    return () => {
      current = false;
    };
  }, [language, loaders]);
  const chosen = useMemo<Chosen | null>(
    () =>
      loaded && {
        ...loaded,
        choose: (next) => {
          try {
            localStorage.setItem(KEPT_AS, next);
          } catch {
            // then it holds for this page alone
          }
          setLanguage(next);
        },
      },
    [loaded],
  );
  return chosen && <Context.Provider value={chosen}>{children}</Context.Provider>;
}

function useChosen(): Chosen {
  const chosen = useContext(Context);
  if (!chosen) throw new Error('There is no LanguageProvider above.');
  return chosen;
}

/** The language of the page, and how to choose another one. */
export function useLanguage(): Pick<Chosen, 'language' | 'choose'> {
  return useChosen();
}

/** The words that the entry loaded; each entry gives them its own type. */
export function useLoadedWords(): unknown {
  return useChosen().words;
}
