import { emailKey } from '../../shared/email-key.js';
import { contactOf, maskedContact, phoneKey } from './contact.js';

test.each([
  ['13800138000', '+8613800138000'],
  ['138 0013 8000', '+8613800138000'],
  ['138-0013-8000', '+8613800138000'],
  ['+86 138 0013 8000', '+8613800138000'],
  ['008613800138000', '+8613800138000'],
  ['+49 170 1234567', '+491701234567'],
  ['0049 170 1234567', '+491701234567'],
  ['0170 1234567', '01701234567'],
  ['12345', '12345'],
])('the telephone number %s is compared as %s', (given, key) => {
  expect(phoneKey(given)).toBe(key);
});

test('an e-mail address is compared without regard to capitals', () => {
  expect(emailKey('Li.Hua@Example.COM')).toBe('li.hua@example.com');
});

test('one contact is given, not two and not none', () => {
  expect(contactOf({ email: 'A@b.example' })).toEqual({ channel: 'email', key: 'a@b.example' });
  expect(contactOf({ phone: '13800138000' })).toEqual({ channel: 'phone', key: '+8613800138000' });
  expect([contactOf({}), contactOf({ email: 'a@b.example', phone: '13800138000' })]).toEqual([null, null]);
});

test('a contact is shown so that its owner knows it', () => {
  expect(maskedContact('li.hua@example.com')).toBe('l***@example.com');
  expect(maskedContact('+86 138 0013 8000')).toBe('•••• 8000');
});
