import { newId } from '../../shared/ids.js';
import { ARRIVAL_MS, ArrivalTokens } from './arrival-tokens.js';
import { valuesInUrl } from './visit-url.js';

const key = (id: string, fill: number) => ({ id, secret: Buffer.alloc(32, fill) });
const tokens = new ArrivalTokens({ tokenKeys: [key('k2', 2), key('k1', 1)] });
const at = new Date('2026-03-01T08:00:00.123Z');
const arrival = { visitId: newId('visit'), code: '7KQ4M2XX', at };
const later = (ms: number) => new Date(at.getTime() + ms);

test('a token says which visit a link opened, and is short', () => {
  const token = tokens.issue(arrival, 'sto_1');
  expect(token.length).toBeLessThan(140);
  expect(tokens.read(token, 'sto_1', at)).toEqual(arrival);
  const longest = new ArrivalTokens({ tokenKeys: [key('sixteen-letters-', 1)] });
  expect(longest.issue(arrival, 'sto_1').length).toBeLessThan(200);
  const nobodys = { ...arrival, code: '' };
  expect(tokens.read(tokens.issue(nobodys, 'sto_1'), 'sto_1', at)).toEqual(nobodys);
});

test('it comes through an address as it is', () => {
  const token = tokens.issue(arrival, 'sto_1');
  expect(valuesInUrl(`https://shop.example/?m=7KQ4M2XX&m_visit=${token}#top`, 'm_visit')).toEqual([token]);
});

test('it holds for ten minutes, to the millisecond', () => {
  const token = tokens.issue(arrival, 'sto_1');
  expect(tokens.read(token, 'sto_1', later(ARRIVAL_MS - 1))).toEqual(arrival);
  expect(tokens.read(token, 'sto_1', later(ARRIVAL_MS))).toBeNull();
});

test('it holds at its storefront alone, and only as it was made', () => {
  const token = tokens.issue(arrival, 'sto_1');
  expect(tokens.read(token, 'sto_2', at)).toBeNull();
  for (let place = 0; place < token.length; place += 1) {
    const other = token[place] === '2' ? '3' : '2';
    expect(tokens.read(token.slice(0, place) + other + token.slice(place + 1), 'sto_1', at)).toBeNull();
  }
  for (const forged of ['', 'x', token.slice(1), `${token}0`, token.toUpperCase(), token.replace('.', '..')])
    expect(tokens.read(forged, 'sto_1', at)).toBeNull();
});

test('tokens of the key before still hold, and those of a key that is gone do not', () => {
  const token = new ArrivalTokens({ tokenKeys: [key('k1', 1)] }).issue(arrival, 'sto_1');
  expect(tokens.read(token, 'sto_1', at)).toEqual(arrival);
  expect(new ArrivalTokens({ tokenKeys: [key('k2', 2)] }).read(token, 'sto_1', at)).toBeNull();
  expect(new ArrivalTokens({ tokenKeys: [key('k1', 9)] }).read(token, 'sto_1', at)).toBeNull();
});
