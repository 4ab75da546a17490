import { isGuessable } from './guessable-password.js';

const words = ['mei.lin@shop.example', 'Tea House Limited'];

describe('a password', () => {
  it.each([
    ['the most common ones', '123456789012'],
    ['a common one with something after it', 'password1234'],
    ['a common one in other letters', 'P@ssw0rd1234'],
    ['a row of keys', '1qaz2wsx3edc'],
    ['a repeat', 'abcd1234abcd1234'],
    ['what many Chinese people take', 'woaini1314520'],
    ['the name of the program', 'yinkeyinke12'],
    ['its Chinese name', '引客引客引客引客引客引客'],
    ['the own e-mail address', 'mei.lin@shop.example'],
    ['a part of it', 'Shop.Example1'],
    ['the name of the operator', 'TeaHouseLimited1'],
    ['something that begins so', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaax8Kd2mPq91Lz'],
  ])('is soon guessed: %s', async (_what, password) => {
    expect(await isGuessable(password, words)).toBe(true);
  });

  it.each([
    'correct horse battery',
    'a long enough password',
    'x8Kd2mPq91Lz',
    '我的密码是一二三四五六',
    'naïve café rhubarb',
  ])('of a few words, or of a password manager, is not: %s', async (password) => {
    expect(await isGuessable(password, words)).toBe(false);
  });
});
