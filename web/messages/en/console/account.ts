const account = {
  nav: 'My account',
  title: 'My account',
  email: 'E-mail',
  roles: 'Roles',
  sessionEnds: 'This session ends',
  secondFactor: 'Second factor',
  secondFactorText:
    'With it a password that has become known is not enough: signing in also takes a code from your phone.',
  start: 'Set it up',
  scan: 'Scan this with an authenticator app on your phone, then type the code that it shows.',
  qr: 'QR code for an authenticator app',
  byHand: 'Or type it in by hand:',
  code: 'Code from the app',
  codeHint: 'Six digits',
  confirm: 'Confirm',
  confirmed: 'The second factor is on.',
  on: 'Your second factor is on',
  onText: 'If you have lost your phone, ask an admin to remove it; then set it up anew.',
};

export default account;
