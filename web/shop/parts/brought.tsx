import { useState } from 'react';
import type { Visit } from '../api.js';
import { useAction } from '../action.js';
import type { Entered } from '../visit.js';
import { useWords } from '../words.js';

/** Who brought the shopper: found in the link, as they say, or to be asked. */
export function Brought({ entered }: { entered: Entered }) {
  const words = useWords();
  const { visit } = entered;
  const [named, setNamed] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const answered = (wechatId: string | null): void => {
    setNamed(wechatId);
    setAsking(false);
  };
  return (
    <section aria-labelledby="brought" className="brought">
      <h2 id="brought">{words.brought.title}</h2>
      <p role="status">
        <Sentence visit={visit} named={named} />
      </p>
      {visit && !visit.attributed && (visit.ask || asking) && <Question entered={entered} onAnswered={answered} />}
      {visit && !visit.attributed && !visit.ask && !asking && (
        <button
          type="button"
          onClick={() => {
            setAsking(true);
          }}
        >
          {words.brought.again}
        </button>
      )}
    </section>
  );
}

function Sentence({ visit, named }: { visit: Visit | null; named: string | null }) {
  const { brought } = useWords();
  if (!visit) return brought.away;
  if (visit.merchant && visit.attributed) return brought[visit.via ?? 'code'](visit.merchant.displayName);
  if (named !== null) return brought.unknown(named);
  return visit.ask ? brought.question : brought.nobody;
}

interface QuestionProps {
  entered: Entered;
  onAnswered: (wechatId: string | null) => void;
}

function Question({ entered: { info, answer }, onAnswered }: QuestionProps) {
  const { brought } = useWords();
  const { busy, refusal, act } = useAction();
  const [wechatId, setWechatId] = useState('');
  const say = (named: string | null): void => {
    act(async () => {
      await answer(named);
      onAnswered(named);
    });
  };
  const examples = info.guests.map((guest) => guest.wechatId).join(' · ');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        say(wechatId.trim());
      }}
    >
      <label htmlFor="wechat-id">{brought.wechatId}</label>
      <input
        id="wechat-id"
        value={wechatId}
        maxLength={64}
        required
        autoComplete="off"
        autoCapitalize="none"
        aria-describedby="wechat-id-hint"
        onChange={({ target }) => {
          setWechatId(target.value);
        }}
      />
      <div id="wechat-id-hint" className="quiet">
        <p>{brought.hint}</p>
        {examples && <p>{brought.example(examples)}</p>}
      </div>
      <div className="ways">
        <button type="submit" className="main" disabled={busy}>
          {brought.say}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => {
            say(null);
          }}
        >
          {brought.nobodyDid}
        </button>
      </div>
      {refusal && <p role="alert">{refusal}</p>}
    </form>
  );
}
