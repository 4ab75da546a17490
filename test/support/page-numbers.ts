import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { amount, bareAmount, calendarDay, count, day, moment, rate, type Language } from '../../web/ui/format.js';

/** Finds the numbers of a page that neither the API nor the wordings of the pages say. */
export class PageNumbers {
  private readonly worded = numbersIn(wordings('web/messages').join(' '));

  constructor(
    private readonly language: Language,
    /** Currencies that the pages show. */
    private readonly currencies: readonly string[],
  ) {}

  /** @param shown what a person reads @param answers what the API answered, and what the page works out from it */
  unknownIn(shown: string, answers: unknown): string[] {
    const numbers = new Set(this.worded);
    const moments = new Set<string>();
    this.collect(answers, numbers, moments);
    const rest = [...moments].reduce((text, each) => text.replaceAll(each, ''), shown);
    return [...numbersIn(rest)].filter((number) => !numbers.has(number));
  }

  private collect(value: unknown, numbers: Set<string>, moments: Set<string>): void {
    if (typeof value === 'number') addAll(numbers, this.waysToWrite(value));
    else if (typeof value === 'string') {
      addAll(numbers, [value]);
      for (const text of this.waysToSayWhen(value)) moments.add(text);
    } else if (Array.isArray(value)) {
      addAll(numbers, [count(value.length, this.language)]);
      for (const item of value) this.collect(item, numbers, moments);
    } else if (value !== null && typeof value === 'object') {
      addAll(numbers, Object.keys(value));
      for (const item of Object.values(value)) this.collect(item, numbers, moments);
    }
  }

  /** A count, a rate in basis points, an amount of each currency. */
  private waysToWrite(value: number): string[] {
    if (!Number.isSafeInteger(value)) return [];
    const { language } = this;
    const amounts = this.currencies.flatMap((currency) => [
      amount(value, currency, language),
      bareAmount(value, currency, language),
    ]);
    return [count(value, language), rate(value, language), ...amounts];
  }

  private waysToSayWhen(text: string): string[] {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return [calendarDay(text, this.language)];
    if (!/^\d{4}-\d\d-\d\dT/.test(text)) return [];
    return [moment(text, this.language), day(text, this.language)];
  }
}

function addAll(numbers: Set<string>, texts: readonly string[]): void {
  for (const text of texts) for (const number of numbersIn(text)) numbers.add(number);
}

/** `1,234.50` and `12.5%`, not digits within a name such as `mer_01kb` or `A-12`; signs are not looked at. */
function numbersIn(text: string): Set<string> {
  return new Set(text.match(/(?<![\w.,·•:/#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?(?![\w:])/g) ?? []);
}

/** The source of every wording. */
function wordings(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
