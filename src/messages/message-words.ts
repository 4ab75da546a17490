import { PAGE_LANGUAGES, type PageLanguage } from '../shared/page-language.js';

/** Subject and text of a message; a telephone gets the text alone. */
export interface MessageWords {
  subject: string;
  text: string;
}

/** Every message that Yinke sends. `{name}` stands for a value. */
const WORDS = {
  'sign-in-code': {
    'zh-CN': {
      subject: '登录验证码',
      text: '您的登录验证码是 {code}，{minutes}分钟内有效。请勿告诉任何人。如果不是您本人操作，请忽略本消息。',
    },
    en: {
      subject: 'Your sign-in code',
      text: 'Your code to sign in is {code}. It works for {minutes} minutes. Tell it to nobody. If you did not ask for it, ignore this message.',
    },
  },
  'confirmation-code': {
    'zh-CN': {
      subject: '修改收款账户、联系方式或微信登录的验证码',
      text: '您的验证码是 {code}，{minutes}分钟内有效，用于修改收款账户、联系方式或微信登录。如果不是您本人操作，请勿告诉任何人，并退出所有设备。',
    },
    en: {
      subject: 'Your code to change your bank account, contact or sign-in by WeChat',
      text: 'Your code is {code}. It works for {minutes} minutes and lets you change your bank account, your contact or the WeChat account that signs you in. If you did not ask for it, tell it to nobody and sign out everywhere.',
    },
  },
  'contact-code': {
    'zh-CN': {
      subject: '确认新的联系方式',
      text: '验证码是 {code}，{minutes}分钟内有效，用于把此联系方式设为推广员账户的联系方式。如果不是您本人操作，请忽略本消息。',
    },
    en: {
      subject: 'Confirm your new contact',
      text: 'The code is {code}. It works for {minutes} minutes and makes this the contact of a merchant. If you did not ask for it, ignore this message.',
    },
  },
  'contact-changed': {
    'zh-CN': {
      subject: '联系方式已修改',
      text: '您的推广员账户的联系方式已改为 {contact}，本联系方式不再用于登录。如果不是您本人操作，请立即联系运营方。',
    },
    en: {
      subject: 'Your contact was changed',
      text: 'The contact of your merchant account is now {contact}; this one no longer signs you in. If this was not you, tell the operator at once.',
    },
  },
  'contact-given': {
    'zh-CN': {
      subject: '已为您添加联系方式',
      text: '运营方已为您的推广员账户添加了本联系方式。今后请用发送到此处的验证码登录。如果您不是推广员，请忽略本消息并告知运营方。',
    },
    en: {
      subject: 'You sign in with this contact now',
      text: 'The shop entered this contact for your merchant account. Sign in by a code that is sent here. If you are no merchant of theirs, ignore this message and tell the operator.',
    },
  },
  'wechat-linked': {
    'zh-CN': {
      subject: '已绑定微信登录',
      text: '您的推广员账户已绑定微信，今后可用该微信登录。如果不是您本人操作，请立即联系运营方。',
    },
    en: {
      subject: 'A WeChat account signs you in now',
      text: 'A WeChat account was linked to your merchant account and signs in to it from now on. If this was not you, tell the operator at once.',
    },
  },
  'wechat-unlinked': {
    'zh-CN': {
      subject: '已解除微信登录',
      text: '您的推广员账户已解除微信绑定，不再能用微信登录。如果不是您本人操作，请立即联系运营方。',
    },
    en: {
      subject: 'WeChat signs you in no more',
      text: 'The WeChat account was taken off your merchant account; it no longer signs in to it. If this was not you, tell the operator at once.',
    },
  },
  'staff-invitation': {
    'zh-CN': {
      subject: '设置您的后台密码',
      text: '请打开以下链接为您的引客后台账户设置密码，{hours}小时内有效，只能使用一次：{link} 请勿转发。如果您不知道此事，请忽略本消息并告知运营方。',
    },
    en: {
      subject: 'Choose your password for the console',
      text: 'Open this link to choose the password of your account at the Yinke console. It works for {hours} hours and once: {link} Pass it on to nobody. If you know nothing of this, ignore the message and tell the operator.',
    },
  },
  'bank-account-filed': {
    'zh-CN': {
      subject: '收款账户修改申请',
      text: '已收到把您的收款账户改为 {number} 的申请，审核通过后生效，此前仍打款至原账户。如果不是您本人操作，请立即联系运营方。',
    },
    en: {
      subject: 'A change of your bank account',
      text: 'We were asked to change your bank account to {number}. It takes effect once it is reviewed; until then you are paid to the account before. If this was not you, tell the operator at once.',
    },
  },
} as const satisfies Record<string, Record<PageLanguage, MessageWords>>;

export type MessageKind = keyof typeof WORDS;

/** A message in words, in one language or, where that of the person is not known, in all of them. */
export function messageWords(
  kind: MessageKind,
  language: PageLanguage | null,
  values: Readonly<Record<string, string>>,
): MessageWords {
  const all = (language === null ? PAGE_LANGUAGES : [language]).map((one): MessageWords => WORDS[kind][one]);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return {
    subject: all.map(({ subject }) => fill(subject)).join(' / '),
    text: all.map(({ text }) => fill(text)).join('\n\n'),
  };
}
