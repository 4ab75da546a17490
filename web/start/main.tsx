import './start.css';
import { createRoot } from 'react-dom/client';
import type { StartWords } from '../messages/en/start.js';
import { LanguageProvider, useLanguage, useLoadedWords, type Loaders } from '../ui/language.js';

/** What the demo's server writes into the page: where its shop is, where the service is, and whom one may be. */
interface Demo {
  shop: string;
  service: string;
  people: { id: string; role: keyof StartWords['roles']; name: string; door: 'portal' | 'console' }[];
  /** A bank report that nobody has filed yet. */
  bankReport: string | null;
}

const loaders: Loaders<StartWords> = {
  en: () => import('../messages/en/start.js'),
  'zh-CN': () => import('../messages/zh-CN/start.js'),
};

function useWords(): StartWords {
  return useLoadedWords() as StartWords;
}

const given = document.getElementById('demo')?.textContent;
const demo = given ? (JSON.parse(given) as Demo) : undefined;

/** Three doors and, in the demo, a button for each person, so that nobody types a password to look round. */
function Start() {
  const words = useWords();
  const { language, choose } = useLanguage();
  const service = demo?.service ?? '';
  return (
    <>
      <header>
        <strong>{words.product}</strong>
        <button
          type="button"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
        >
          {words.language.other}
        </button>
      </header>
      <main>
        <h1>{words.claim}</h1>
        <p>{words.text}</p>
        <nav>
          {demo && <Door href={demo.shop} {...words.doors.shop} />}
          <Door href={`${service}/portal/?lang=${language}`} {...words.doors.portal}>
            <People door="portal" />
          </Door>
          <Door href={`${service}/console/?lang=${language}`} {...words.doors.console}>
            <People door="console" />
            {demo?.bankReport && (
              <p>
                {words.bankReport}{' '}
                <a href={demo.bankReport} download>
                  {demo.bankReport.slice(1)}
                </a>
              </p>
            )}
          </Door>
        </nav>
        <p className="links">
          <a href={`${service}/join`}>{words.links.join}</a>
          <a href={`${service}/docs`}>{words.links.docs}</a>
          <a href={`${service}/readyz`}>{words.links.status}</a>
        </p>
      </main>
    </>
  );
}

interface DoorProps {
  href: string;
  title: string;
  text: string;
  children?: React.ReactNode;
}

function Door({ href, title, text, children }: DoorProps) {
  return (
    <section>
      <h2>
        <a href={href}>{title}</a>
      </h2>
      <p>{text}</p>
      {children}
    </section>
  );
}

function People({ door }: { door: 'portal' | 'console' }) {
  const words = useWords();
  const { language } = useLanguage();
  const people = demo?.people.filter((person) => person.door === door) ?? [];
  if (people.length === 0) return null;
  return (
    <form method="post" action="/sign-in">
      <p>{words.enterAs}</p>
      <input type="hidden" name="language" value={language} />
      {people.map(({ id, role, name }) => (
        <button key={id} type="submit" name="person" value={id}>
          {words.roles[role]} <small>{name}</small>
        </button>
      ))}
    </form>
  );
}

createRoot(document.getElementById('page')!).render(
  <LanguageProvider loaders={loaders}>
    <Start />
  </LanguageProvider>,
);
