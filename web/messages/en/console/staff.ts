const staff = {
  nav: 'Staff',
  title: 'Staff',
  text: 'Who makes a payout, an adjustment or a hold never approves it: it takes two people with the right roles.',
  email: 'E-mail',
  roles: 'Roles',
  rolesHint: 'What the person may do; at least one.',
  secondFactor: 'Second factor',
  on: 'on',
  since: 'Since',
  access: 'Access',
  inactive: 'deactivated',
  yourself: 'you',
  add: 'Add a person',
  added: (email: string) => `${email} may sign in now.`,
  password: 'First password',
  passwordHint: '12 characters or more. Hand it over in person or by a safe way; it is not shown again.',
  deactivate: 'Deactivate',
  deactivateTitle: (email: string) => `Deactivate ${email}`,
  deactivateText: 'The account and its sessions end now, for good. What the person did stays in the audit log.',
  deactivated: (email: string) => `${email} may not sign in any more.`,
  removeSecondFactor: 'Remove it',
  removeSecondFactorTitle: (email: string) => `Remove the second factor of ${email}`,
  removeSecondFactorText:
    'For a lost phone. Make sure that it is this person who asks: from then on the password alone is enough.',
  secondFactorRemoved: (email: string) =>
    `${email} signs in with the password alone, until there is a new second factor.`,
};

export default staff;
