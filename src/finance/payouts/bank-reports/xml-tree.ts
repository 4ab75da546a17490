import { SaxesParser } from 'saxes';
import { LISTS, unreadable, type Node } from './report-xml.js';

/** Messages nest some twenty levels. */
const MAX_DEPTH = 64;
/** Characters of one text; the longest that the messages define has 9,000. */
const MAX_TEXT = 100_000;
/** Characters in which nothing begins or ends: a name, an attribute or a comment without end. */
const MAX_MARKUP = 1_048_576;
/** Elements and attributes in memory at once: an entry with all its transactions. */
const MAX_NODES = 4_000_000;

/** What is long and says nothing about which payment it is. */
const SKIPPED = new Set(
  'PstlAdr CtctDtls SplmtryData Bal TxsSummry RltdAgts FinInstrmId CardTx Intrst Dbtr Cdtr UltmtDbtr UltmtCdtr Tax RfrdDocInf'.split(
    ' ',
  ),
);

type Growing = Record<string, unknown>;

interface Frame {
  name: string;
  node: Growing;
  text: string;
  /** Whether it has children or attributes. */
  hasParts: boolean;
  /** Elements and attributes that were in memory before it. */
  nodesBefore: number;
}

export interface TreeHandlers {
  /** An element begins; `names` are the elements around it and itself, the outermost first. */
  open: (names: readonly string[]) => void;
  /** Takes an element out of the tree as soon as it ends, with what is known of the one around it; false: it stays there. */
  take: (names: readonly string[], element: Node, around: Node) => boolean;
}

/**
 * Reads XML as it comes in and keeps of it what was not taken. Elements are named without prefix. No document type, no
 * entities but the five of XML and character references, and bounds on depth, texts and elements. Throws `bank-report.unreadable`.
 */
export class XmlTree {
  private readonly parser = new SaxesParser();
  private readonly names: string[] = [];
  private readonly frames: Frame[] = [{ name: '', node: growing(), text: '', hasParts: false, nodesBefore: 0 }];
  /** Depth inside an element that is skipped. */
  private skipping = 0;
  private silence = 0;
  private nodes = 0;

  constructor(private readonly handlers: TreeHandlers) {
    const { parser } = this;
    parser.on('doctype', () => {
      throw unreadable('document type declarations are not accepted');
    });
    parser.on('opentag', ({ name, attributes }) => this.open(localName(name), attributes));
    parser.on('closetag', () => this.close());
    parser.on('text', (text) => this.addText(text));
    parser.on('cdata', (text) => this.addText(text));
    parser.on('comment', () => (this.silence = 0));
  }

  write(text: string): void {
    this.silence += text.length;
    this.parsing(() => this.parser.write(text));
    if (this.silence > MAX_MARKUP) throw unreadable(`something in it has more than ${MAX_MARKUP} characters`);
  }

  /** What was not taken. */
  end(): Node {
    this.parsing(() => this.parser.close());
    return this.top().node;
  }

  private parsing(step: () => unknown): void {
    try {
      step();
    } catch (error) {
      // Those of the parser have a place and may quote the file.
      if (!(error instanceof Error) || error.name === 'DomainError') throw error;
      const { line, column } = this.parser;
      throw unreadable(`it is not well-formed XML (line ${line}, column ${column})`);
    }
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.silence = 0;
    this.names.push(name);
    if (this.names.length > MAX_DEPTH) throw unreadable(`it nests deeper than ${MAX_DEPTH} levels`);
    if (this.skipping > 0 || SKIPPED.has(name)) {
      this.skipping += 1;
      return;
    }
    this.handlers.open(this.names);
    const frame: Frame = { name, node: growing(), text: '', hasParts: false, nodesBefore: this.nodes };
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
      frame.node[`@${localName(key)}`] = value;
      frame.hasParts = true;
      this.count();
    }
    this.count();
    this.frames.push(frame);
  }

  private close(): void {
    this.silence = 0;
    if (this.skipping > 0) this.skipping -= 1;
    else this.closeFrame();
    this.names.pop();
  }

  private closeFrame(): void {
    const frame = this.frames.pop();
    if (!frame) throw new Error('more elements end than began');
    const text = frame.text.trim();
    if (frame.hasParts && text !== '') frame.node['#text'] = text;
    const around = this.top();
    around.hasParts = true;
    if (this.handlers.take(this.names, frame.node, around.node)) {
      this.nodes = frame.nodesBefore;
      return;
    }
    add(around.node, frame.name, frame.hasParts ? frame.node : text);
  }

  private addText(text: string): void {
    this.silence = 0;
    if (this.skipping > 0) return;
    const frame = this.top();
    frame.text += text;
    if (frame.text.length > MAX_TEXT) throw unreadable(`a text in it has more than ${MAX_TEXT} characters`);
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw unreadable(`an entry in it has more than ${MAX_NODES} elements`);
  }

  private top(): Frame {
    const top = this.frames.at(-1);
    if (!top) throw new Error('more elements end than began');
    return top;
  }
}

/** Without a prototype, so that an element may have any name. */
function growing(): Growing {
  return Object.create(null) as Growing;
}

function add(node: Growing, name: string, value: unknown): void {
  const before = node[name];
  if (Array.isArray(before)) before.push(value);
  else if (before !== undefined) node[name] = [before, value];
  else node[name] = LISTS.has(name) ? [value] : value;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
