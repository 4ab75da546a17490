import type { ShopInfo } from '../api.js';
import { keep } from '../kept.js';
import { forgetShopper } from '../visit.js';
import { useWords } from '../words.js';

interface Props {
  guests: ShopInfo['guests'];
  codeParameter: string;
}

/** Ways in, for people who look round. */
export function Looking({ guests, codeParameter }: Props) {
  const { looking } = useWords();
  return (
    <nav aria-labelledby="looking" className="looking">
      <h2 id="looking">{looking.title}</h2>
      <p className="quiet">{looking.text}</p>
      <div className="ways">
        {guests.map(({ displayName, code }) => (
          <a
            key={code}
            className="button"
            href={`/shop/?${codeParameter}=${code}`}
            onClick={() => {
              keep('order', null);
            }}
          >
            {looking.link(displayName)}
          </a>
        ))}
        <a className="button" href="/shop/" onClick={forgetShopper}>
          {looking.fresh}
        </a>
      </div>
    </nav>
  );
}
