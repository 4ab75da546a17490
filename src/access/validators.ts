import { isEmail, ValidateBy, type ValidationOptions } from 'class-validator';
import { isOrigin } from './origin.js';

function check(name: string, message: string, test: (text: string) => boolean) {
  return (options?: ValidationOptions): PropertyDecorator =>
    ValidateBy(
      {
        name,
        validator: {
          validate: (value: unknown) => typeof value === 'string' && test(value),
          defaultMessage: () => message,
        },
      },
      options,
    );
}

/** `https://shop.example`: scheme and host, nothing after. */
export const IsWebOrigin = check(
  'isWebOrigin',
  'must be a bare web origin in lower case, such as https://shop.example',
  isOrigin,
);

/** An absolute http or https address without a user name or password in it. */
export const IsWebUrl = check('isWebUrl', 'must be an http or https address', (text) => {
  if (!URL.canParse(text) || !/^https?:\/\/[^\s\p{Cc}]+$/iu.test(text)) return false;
  const url = new URL(text);
  return url.username === '' && url.password === '';
});

/** An e-mail address. The check of class-validator throws at text that is not well-formed; this one says no. */
export const IsEmailAddress = check(
  'isEmailAddress',
  'must be an e-mail address',
  (text) => !/\p{Cs}/u.test(text) && isEmail(text),
);
