import { type ApiProblem, problemOf } from '../api/client.js';
import type { CommonWords } from '../messages/en/common.js';

/** What went wrong, for people: the words of its code, and what the API said of this case. */
export interface ProblemText {
  title: string;
  /** What to do about it. */
  advice: string;
  /** The API's own sentence, which names what it was about; in English. */
  detail: string | undefined;
  /** Of a conflict: the id of who was faster, and when they were. */
  faster: { by: string; at: string } | undefined;
  requestId: string | undefined;
  /** Fields that are wrong, by RFC 6901 pointer, in the page's language. */
  fields: Map<string, string>;
}

/** Puts a failure into words of the page's language. */
export function problemText(error: unknown, words: CommonWords): ProblemText {
  const problem: ApiProblem = problemOf(error);
  const [title, advice] =
    (words.problems[problem.code] as readonly [string, string] | undefined) ?? words.problems['service.internal'];
  return {
    title,
    advice,
    detail: problem.detail,
    faster: problem.by && problem.at ? { by: problem.by, at: problem.at } : undefined,
    requestId: problem.requestId,
    fields: new Map((problem.errors ?? []).map(({ pointer, detail }) => [pointer, words.fault(detail)])),
  };
}
