import {
  cloneElement,
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { problemText } from '../../ui/problem.js';
import { useWords } from '../words.js';

interface Refusal {
  /** What is wrong with each field, by RFC 6901 pointer; a field that was changed since is not among them. */
  faults: ReadonlyMap<string, string>;
  /** Pointers of the fields that the form shows. */
  shown: ReadonlySet<string>;
  show: (pointer: string) => () => void;
  changed: (pointer: string) => void;
}

const nothing = () => undefined;
const Refused = createContext<Refusal>({
  faults: new Map(),
  shown: new Set(),
  show: () => nothing,
  changed: nothing,
});

/** A form's fields: each {@link Field} in it is marked with what the API said of it, and the first of them is led to. */
export function Fields({ error, children }: { error: unknown; children: ReactNode }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [amended, setAmended] = useState<{ of: unknown; pointers: ReadonlySet<string> }>({
    of: null,
    pointers: new Set(),
  });
  const faults = useMemo(() => {
    const pointers = amended.of === error ? amended.pointers : new Set<string>();
    const all = error === null ? [] : [...problemText(error, words).fields];
    return new Map(all.filter(([pointer]) => ![...pointers].some((one) => isAt(pointer, one))));
  }, [error, words, amended]);
  const show = useCallback((pointer: string) => {
    setShown((before) => new Set(before).add(pointer));
    return () => setShown((before) => new Set([...before].filter((one) => one !== pointer)));
  }, []);
  const changed = useCallback(
    (pointer: string) =>
      setAmended(({ of, pointers }) => ({ of: error, pointers: new Set(of === error ? pointers : []).add(pointer) })),
    [error],
  );
  useEffect(() => {
    if (error !== null) box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const refusal = useMemo(() => ({ faults, shown, show, changed }), [faults, shown, show, changed]);
  return (
    <div ref={box} style={{ display: 'contents' }}>
      <Refused.Provider value={refusal}>{children}</Refused.Provider>
    </div>
  );
}

interface Input {
  error?: ReactNode;
  onChange?: ((...typed: never[]) => void) | undefined;
}

/**
 * An input of a form, marked with what the API said of it. `at` is its place in what is sent, as the API writes it:
 * `/name`, `/grants/0/rateBps`; it stands for what lies under it too.
 */
export function Field<Props extends Input>({ at, children }: { at: string; children: ReactElement<Props> }) {
  const { faults, show, changed } = useContext(Refused);
  useEffect(() => show(at), [show, at]);
  const [, fault] = [...faults].find(([pointer]) => isAt(pointer, at)) ?? [];
  if (fault === undefined) return children;
  const marked: Input = {
    error: fault,
    onChange: (...typed: never[]) => {
      changed(at);
      children.props.onChange?.(...typed);
    },
  };
  return cloneElement(children, marked as Partial<Props>);
}

/** Of the faults of a refusal those that no field on the page shows. */
export function useUnshown(faults: ReadonlyMap<string, string>): [pointer: string, fault: string][] {
  const { shown } = useContext(Refused);
  return [...faults].filter(([pointer]) => ![...shown].some((at) => isAt(pointer, at)));
}

function isAt(pointer: string, at: string): boolean {
  return pointer === at || pointer.startsWith(`${at}/`);
}
