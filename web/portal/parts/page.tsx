import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useWords } from '../words.js';

interface Props {
  title: string;
  /** One sentence, where the title alone does not say what the page is for. */
  text?: ReactNode;
  /** Where the page is reached from, for those that no tab leads to. */
  from?: string;
  children: ReactNode;
}

/** A page: its name (also of the browser's tab), and what it shows. */
export function Page({ title, text, from, children }: Props) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words.product]);
  return (
    <div className="stack">
      <div>
        {from !== undefined && (
          <Link to={from} className="back no-print">
            ‹ {words.back}
          </Link>
        )}
        <h1>{title}</h1>
        {text && <p className="quiet">{text}</p>}
      </div>
      {children}
    </div>
  );
}
