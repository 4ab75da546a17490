const audit = {
  nav: 'Audit',
  title: 'Audit',
  text: 'What must always be true of the books. Each statement looks for what breaks it; no row means that it is true.',
  run: 'Audit now',
  clean: 'Everything is true',
  notClean: 'Something is not true',
  askedAt: 'Asked for; as the books were on',
  scheduledAt: 'By schedule; as the books were on',
  everything: 'All records were looked at.',
  newSince: 'Looked at: what was written or touched since',
  fullAt: 'All records were last looked at on',
  progress: (checked: number, of: number) => `An audit is running: ${checked} of ${of}`,
  invariants: 'Invariants',
  holds: (parts: number) => (parts === 1 ? 'true' : `true in all ${parts} parts`),
  notLooked: 'not looked at yet',
  /** Those of the API are in English: here they are in the page's language, by number. */
  sentences: {} as Readonly<Record<number, string | undefined>>,
  broken: (count: number) => `broken by ${count}`,
  took: (ms: number) => `true; looked at in ${ms} ms`,
  seal: 'Seal',
  sealText:
    'Journals, and what the audit log says, are hashed one after the other with a key. Keep the heads outside of the database: from then on nothing before them can be altered without a trace.',
  head: 'Head',
  sealedUntil: 'Sealed until',
  checked: 'Journals checked last',
  logHead: 'Head of the audit log',
  logChecked: 'Entries of the audit log checked last',
  altered: 'Altered, removed or inserted',
};

export default audit;
