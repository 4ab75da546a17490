import { useRef, useState } from 'react';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';

/** The link in full, and what one does with it. */
export function CopyLink({ link }: { link: string }) {
  const texts = useWords().pages.share;
  const { displayName } = useMe();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'by-button' | 'by-hand' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('by-button');
    } catch {
      input.current?.select();
      setCopied('by-hand');
    }
  };
  const send = async () => {
    try {
      await navigator.share({ text: texts.sendText(displayName), url: link });
    } catch {
      // Whoever closes the list of apps has changed their mind.
    }
  };
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="link">{texts.link}</label>
        <input id="link" ref={input} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </div>
      <div className="buttons">
        <button type="button" className="primary" onClick={() => void copy()}>
          {copied === 'by-button' ? texts.copied : texts.copy}
        </button>
        {'share' in navigator && (
          <button type="button" onClick={() => void send()}>
            {texts.send}
          </button>
        )}
      </div>
      <p role="status" className="fine">
        {copied === 'by-hand' && texts.copyByHand}
      </p>
    </div>
  );
}
