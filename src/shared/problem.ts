/** What HTTP makes of an error code: the status, and a title that is the same each time (RFC 9457). */
export interface Problem {
  status: number;
  title: string;
}
