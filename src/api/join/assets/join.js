// The registration form in the browser: made from the server's JSON Schema, sent to the API, then the application's state.
'use strict';

const TEXT = {
  'zh-CN': {
    optional: '（选填）',
    choose: '请选择',
    submit: '提交注册',
    sending: '正在提交…',
    required: '请填写此项',
    consent: '请先勾选同意',
    tooLong: '最多{n}个字符',
    check: '请检查此项',
    fix: '有几项需要修改，请查看下面的提示。',
    busy: '操作过于频繁，请稍后再试。',
    failed: '暂时无法连接，请检查网络后重试。',
    retry: '重试',
    pending: '已提交，等待审核',
    pendingHint: '请保存本页链接（例如收藏到微信），随时回来查看审核结果。',
    approved: '审核通过',
    approvedHint: '这是您的推广码，把它或您的微信号告诉顾客：',
    portal: '进入推广员中心',
    rejected: '未通过审核',
    again: '重新注册',
    refresh: '刷新状态',
    wechatId: '微信号',
    displayName: '显示名称',
    bankAccount: '收款账户',
    reason: '原因',
    languages: '语言',
    unknown: '此链接无效或已过期。',
  },
  en: {
    optional: '(optional)',
    choose: 'Please choose',
    submit: 'Send the form',
    sending: 'Sending…',
    required: 'Please fill this in',
    consent: 'We need your consent to register you',
    tooLong: 'At most {n} characters',
    check: 'Please check this',
    fix: 'Some fields need another look, see below.',
    busy: 'Too many requests: please try again later.',
    failed: 'No connection right now. Please check your network and try again.',
    retry: 'Try again',
    pending: 'Sent: waiting for review',
    pendingHint: 'Keep the address of this page, for example as a WeChat favourite, and come back for the result.',
    approved: 'Approved',
    approvedHint: 'This is your code. Tell shoppers the code or your WeChat ID:',
    portal: 'Open your portal',
    rejected: 'Not approved',
    again: 'Register again',
    refresh: 'Refresh',
    wechatId: 'WeChat ID',
    displayName: 'Display name',
    bankAccount: 'Bank account',
    reason: 'Reason',
    languages: 'Language',
    unknown: 'This link is not valid, or has expired.',
  },
};

const app = document.getElementById('app');
let language = document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
/** What was filled in and what is wrong, by pointer (`/bankAccount/number`); kept while the language changes. */
let values = {};
let errors = {};
let problem = null;
let schema = null;
let show = () => undefined;

const t = (key) => TEXT[language][key];
const label = (of) => of['x-label']?.[language] ?? of.title ?? '';

/** An element with attributes and children; text only ever becomes text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function put(...children) {
  app.replaceChildren(...children.filter((child) => child !== null));
}

/** Every field of the form: its pointer, its schema, whether it is required, and the group it is in. */
function fieldsOf(of, path = '', group = null) {
  return Object.entries(of.properties).flatMap(([name, property]) => {
    const pointer = `${path}/${name}`;
    if (property.type === 'object') {
      return fieldsOf(property, pointer, { pointer, required: of.required.includes(name) });
    }
    return [{ pointer, name, property, group, required: of.required.includes(name) }];
  });
}

/** A group that may be left out is left out when nothing was typed into it. */
function isUsed(group) {
  if (group === null || group.required) return true;
  return fieldsOf(schema).some(
    ({ group: of, property, pointer }) =>
      of?.pointer === group.pointer && !property.enum && !property.const && (values[pointer] ?? '') !== '',
  );
}

function faultOf(field) {
  const value = values[field.pointer] ?? '';
  if (!isUsed(field.group)) return null;
  if (field.property.const === true) return value === true ? null : t('consent');
  if (value === '') return field.required ? t('required') : null;
  const { maxLength, pattern } = field.property;
  if (maxLength !== undefined && Array.from(value).length > maxLength) return t('tooLong').replace('{n}', maxLength);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return ruleOf(field);
  return null;
}

function ruleOf(field) {
  return field.property['x-rule']?.[language] ?? t('check');
}

/** What the server refused although the form's rules allow it; its own words are English. */
function refusalOf(field, detail) {
  if (language === 'en') return `${label(field.property)} ${detail}`;
  return `${t('check')}（${field.property['x-hint']?.[language] ?? ruleOf(field)}）`;
}

function control(field) {
  const { pointer, property } = field;
  const id = `field${pointer.replaceAll('/', '-')}`;
  const error = errors[pointer];
  const hint = property['x-hint']?.[language];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    name: pointer,
    'aria-invalid': error ? 'true' : null,
    'aria-describedby': described || null,
    'aria-required': field.required || property.const ? 'true' : null,
    autocomplete: property['x-autocomplete'],
    onchange: (event) => {
      values[pointer] = property.type === 'boolean' ? event.target.checked : event.target.value.trim();
    },
  };
  const below = [
    hint ? element('p', { class: 'hint', id: `${id}-hint` }, hint) : null,
    error ? element('p', { class: 'error', id: `${id}-error` }, error) : null,
  ];
  if (property.type === 'boolean') {
    const box = element('input', { ...common, type: 'checkbox', checked: values[pointer] === true });
    return element('div', { class: 'field consent' }, element('label', {}, box, label(property)), ...below);
  }
  const caption = element('label', { for: id }, label(property), ' ');
  if (!field.required) caption.append(element('span', { class: 'optional' }, t('optional')));
  const input = property.enum ? choice(common, property, values[pointer]) : textInput(common, field);
  return element('div', { class: 'field' }, caption, input, ...below);
}

function textInput(common, field) {
  const kinds = { tel: 'tel', email: 'email' };
  const kind = kinds[field.property['x-autocomplete']];
  const input = element('input', {
    ...common,
    type: 'text',
    inputmode: kind ?? null,
    autocapitalize: 'none',
    spellcheck: 'false',
  });
  input.value = values[field.pointer] ?? '';
  return input;
}

function choice(common, property, chosen) {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const options = property.enum
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => (a.code === 'CN' ? -1 : b.code === 'CN' ? 1 : a.name.localeCompare(b.name, language)));
  const select = element('select', common, element('option', { value: '' }, t('choose')));
  for (const { code, name } of options) select.append(element('option', { value: code }, name));
  select.value = chosen ?? '';
  return select;
}

function showForm() {
  const fields = fieldsOf(schema);
  const groups = new Map();
  const rows = [];
  for (const field of fields) {
    if (field.group === null) {
      rows.push(control(field));
      continue;
    }
    let set = groups.get(field.group.pointer);
    if (!set) {
      const of = schema.properties[field.group.pointer.slice(1)];
      set = element('fieldset', {}, element('legend', {}, label(of)));
      groups.set(field.group.pointer, set);
      rows.push(set);
    }
    set.append(control(field));
  }
  put(
    problem ? element('p', { class: 'problem', role: 'alert' }, problem) : null,
    element(
      'form',
      { novalidate: true, onsubmit: submit },
      ...rows,
      element('button', { class: 'primary' }, t('submit')),
    ),
  );
}

function filledIn() {
  const body = {};
  for (const field of fieldsOf(schema)) {
    const value = values[field.pointer] ?? '';
    if (value === '' || !isUsed(field.group)) continue;
    const into = field.group === null ? body : (body[field.group.pointer.slice(1)] ??= {});
    into[field.name] = value;
  }
  return body;
}

async function submit(event) {
  event.preventDefault();
  const fields = fieldsOf(schema);
  errors = {};
  problem = null;
  for (const field of fields) {
    const fault = faultOf(field);
    if (fault) errors[field.pointer] = fault;
  }
  if (Object.keys(errors).length > 0) return refuse(t('fix'));
  const button = event.target.querySelector('button');
  button.disabled = true;
  button.textContent = t('sending');
  try {
    const { status, body } = await call('/v1/merchant-applications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(filledIn()),
    });
    if (status === 201) {
      values = {};
      history.replaceState(null, '', `#${body.id}/${body.token}`);
      return await loadApplication();
    }
    for (const { pointer, detail } of body?.errors ?? []) {
      const field = fields.find((each) => each.pointer === pointer);
      if (field) errors[pointer] = refusalOf(field, detail);
    }
    refuse(status === 422 ? t('fix') : status === 429 ? t('busy') : t('failed'));
  } catch {
    refuse(t('failed'));
  }
}

/** Shows the form again with what is wrong, and puts the cursor where it is wrong first. */
function refuse(message) {
  problem = message;
  showForm();
  app.querySelector('[aria-invalid]')?.focus();
}

async function call(path, options) {
  const response = await fetch(path, options);
  return { status: response.status, body: await response.json().catch(() => null) };
}

async function loadForm() {
  try {
    const { status, body } = await call('/v1/merchant-applications/form');
    if (status !== 200) throw new Error('no form');
    schema = body;
    show = showForm;
    showForm();
  } catch {
    showRetry(t('failed'), loadForm);
  }
}

function showRetry(message, again) {
  show = () => showRetry(message, again);
  put(
    element('p', { class: 'problem', role: 'alert' }, message),
    element('button', { class: 'primary', type: 'button', onclick: again }, t('retry')),
  );
}

async function loadApplication() {
  const [id, token] = location.hash.slice(1).split('/');
  try {
    const { status, body } = await call(`/v1/merchant-applications/${encodeURIComponent(id)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (status === 200) {
      show = () => showApplication(body);
      return show();
    }
    if (status >= 500 || status === 429) throw new Error('not now');
    show = () => put(element('p', { class: 'problem', role: 'alert' }, t('unknown')), startAgain());
    show();
  } catch {
    showRetry(t('failed'), loadApplication);
  }
}

function startAgain() {
  const onclick = () => {
    history.replaceState(null, '', location.pathname);
    values = {};
    errors = {};
    problem = null;
    void loadForm();
  };
  return element('button', { class: 'secondary', type: 'button', onclick }, t('again'));
}

function showApplication(application) {
  const facts = [
    ['wechatId', application.wechatId],
    ['displayName', application.displayName],
    [
      'bankAccount',
      application.bankAccount && `${application.bankAccount.holder} ${application.bankAccount.maskedNumber}`,
    ],
    ['reason', application.reason],
  ].filter(([, value]) => value);
  put(
    element('p', { class: 'state', role: 'status' }, t(application.state)),
    application.state === 'pending' ? element('p', {}, t('pendingHint')) : null,
    application.merchant ? element('p', {}, t('approvedHint')) : null,
    application.merchant ? element('p', { class: 'code' }, application.merchant.code) : null,
    // With the token, which lets them in the first time.
    application.merchant ? element('p', {}, element('a', { href: `/portal/${location.hash}` }, t('portal'))) : null,
    element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {}, t(name)), element('dd', {}, value)])),
    application.state === 'rejected'
      ? startAgain()
      : element('button', { class: 'secondary', type: 'button', onclick: loadApplication }, t('refresh')),
  );
}

function switchTo(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const part of document.querySelectorAll('[data-en]'))
    part.textContent = chosen === 'en' ? part.dataset.en : part.dataset.zh;
  document.querySelector('nav').setAttribute('aria-label', t('languages'));
  document.title = `${document.querySelector('h1').textContent} · 引客 Yinke`;
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === chosen));
  errors = {};
  problem = null;
  show();
}

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => switchTo(button.dataset.language));
const start = () => void (location.hash.length > 1 ? loadApplication() : loadForm());
window.addEventListener('hashchange', start);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && location.hash.length > 1) start();
});
start();
