const auditLog = {
  nav: 'Audit log',
  title: 'Audit log',
  text: 'Who did what, the latest first. Entries are never changed or deleted.',
  at: 'When',
  who: 'Who',
  action: 'What',
  subject: 'To what',
  detail: 'Details',
  empty: 'Nothing was done yet',
  noneFound: 'Nothing fits these filters.',
  subjectId: 'Id of what it was done to',
  from: 'Call',
};

export default auditLog;
