import { Link } from '@tanstack/react-router';
import { useWords } from '../words.js';

/** What an empty list says: what will be here, and how it gets there. */
export function Empty({ title, text }: { title: string; text: string }) {
  const words = useWords();
  return (
    <section className="card stack">
      <h2>{title}</h2>
      <p className="quiet">{text}</p>
      <Link to="/share" className="button primary">
        {words.list.share}
      </Link>
    </section>
  );
}
