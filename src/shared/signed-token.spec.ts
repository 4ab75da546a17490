import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { newId, type MerchantId, type StorefrontId } from './ids.js';
import { id, or, record, text } from './packing.js';
import { TokenSigner } from './signed-token.js';

interface Claims {
  who: MerchantId;
  said: string | null;
}
const packing = record<Claims>({ who: id('merchant'), said: or(null, text) });
const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-02T00:00:00Z');
const old = { id: 'k1', secret: randomBytes(32) };
const fresh = { id: 'k2', secret: randomBytes(32) };
const claims: Claims = { who: newId('merchant'), said: 'yes' };
const signer = new TokenSigner('visit', [fresh, old], packing);
const token = signer.issue(claims, later);
const reading = (given: string, by = signer, at = now) => expect(() => by.read(given, at));

describe('a signed token', () => {
  it('says what it was issued to say, up to the second at which it ends', () => {
    expect(signer.read(token, now)).toEqual({ ...claims, exp: later.getTime() / 1000 });
    expect(signer.read(token, new Date(later.getTime() - 1)).who).toBe(claims.who);
    reading(token, signer, later).toThrow('token.expired');
    const half = signer.issue(claims, new Date(later.getTime() + 999));
    reading(half, signer, later).toThrow('token.expired');
  });

  it('outlives a change of keys, and dies with its own', () => {
    const before = new TokenSigner('visit', [old], packing).issue(claims, later);
    expect(signer.read(before, now)).toMatchObject(claims);
    reading(before, new TokenSigner('visit', [fresh], packing)).toThrow('token.invalid');
    reading(before, new TokenSigner('visit', [{ ...old, secret: fresh.secret }], packing)).toThrow('token.invalid');
  });

  it('is found among so many keys that several have the same mark', () => {
    const keys = Array.from({ length: 300 }, (_, n) => ({ id: `k${n}`, secret: randomBytes(32) }));
    const all = new TokenSigner('visit', keys, packing);
    for (const key of keys) {
      const own = new TokenSigner('visit', [key], packing).issue(claims, later);
      expect(all.read(own, now).who).toBe(claims.who);
    }
  });

  it('is not taken for a token of another kind', () => {
    for (const kind of ['quote', 'visit ', 'visi', '']) {
      const other = new TokenSigner(kind, [fresh, old], packing);
      reading(token, other).toThrow('token.invalid');
      reading(other.issue(claims, later)).toThrow('token.invalid');
    }
  });

  it('is good for those alone whom it was issued for', () => {
    const [one, two] = [newId('storefront'), newId('storefront')];
    const hers = signer.issue(claims, later, one);
    expect(signer.read(hers, now, one)).toMatchObject(claims);
    for (const other of [two, '', `${one}\n`]) {
      expect(() => signer.read(hers, now, other)).toThrow('token.invalid');
    }
    expect(() => signer.read(token, now, one)).toThrow('token.invalid');
  });

  it('is refused when any bit of it was changed, cut or added', () => {
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      reading(changed.toString('base64url')).toThrow('token.invalid');
    }
    for (let length = 0; length < bytes.length; length++) {
      reading(bytes.subarray(0, length).toString('base64url')).toThrow('token.invalid');
      reading(bytes.subarray(length + 1).toString('base64url')).toThrow('token.invalid');
    }
    reading(Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url')).toThrow('token.invalid');
  });

  it('is written in one way', () => {
    const bytes = Buffer.from(token, 'base64url');
    const others = [
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      `${token}!`,
      bytes.toString('base64'),
      bytes.toString('hex'),
    ];
    for (let at = 0; at < token.length; at++)
      for (const letter of 'AQgw_-+/.= ') others.push(token.slice(0, at) + letter + token.slice(at + 1));
    for (const other of others.filter((text) => text !== token)) reading(other).toThrow('token.invalid');
  });

  it('is nothing else that anybody sends', () => {
    const letters = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.stringMatching(/^[\w.-]{0,300}$/));
    fc.assert(fc.property(letters, (given) => reading(given).toThrow('token.invalid')));
    reading('A'.repeat(4096)).toThrow('token.invalid');
    reading(`AQ${'A'.repeat(4094)}`).toThrow('token.invalid');
  });

  it('whose claims are packed in another way is refused, also when it is ours', () => {
    const short = new TokenSigner('visit', [fresh], record<{ said: string }>({ said: text }));
    for (const said of ['', 'a', 'a'.repeat(15), 'a'.repeat(16), 'a'.repeat(40)])
      reading(short.issue({ said }, later)).toThrow('token.invalid');
  });

  it('cannot say what does not fit', () => {
    expect(() => signer.issue({ ...claims, who: 'mer_a' }, later)).toThrow('no id');
    expect(() => signer.issue({ ...claims, said: 'a'.repeat(256) }, later)).toThrow('out of range');
    expect(() => signer.issue(claims, new Date('2107-01-01T00:00:00Z'))).toThrow('out of range');
    expect(() => new TokenSigner('visit', [], packing)).toThrow('at least one token key');
  });
});

describe('a token of before they were packed', () => {
  const key = { id: 'k1', secret: Buffer.alloc(32, 7) };
  const storefront: StorefrontId = 'sto_01kf5m3v7te0q8fj6y3wq4b7h3';
  const visits = new TokenSigner<object>('visit', [fresh, key], record({}));
  const applications = new TokenSigner<object>('application', [fresh, key], record({}));
  // As release 0 made them with these keys, until 2026-01-02T00:00:00Z.
  const visit =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0.eyJpZCI6InZpc18wMWtmNW0zdjd0ZTBxOGZqNnkzd3E0YjdoMSIsInN0b3JlZnJvbnRJZCI6InN0b18wMWtmNW0zdjd0ZTBxOGZqNnkzd3E0YjdoMyIsImNvZGVTdGF0dXMiOiJrbm93biIsInRvdWNoZXMiOlt7Im1lcmNoYW50SWQiOiJtZXJfMDFrZjVtM3Y3dGUwcThmajZ5M3dxNGI3aDIiLCJ2aWEiOiJjb2RlIiwidmlzaXRJZCI6InZpc18wMWtmNW0zdjd0ZTBxOGZqNnkzd3E0YjdoMSIsImF0IjoiMjAyNi0wMS0wMVQwMDowMDowMC4wMDBaIn1dLCJwcmV2aW91cyI6Im5vbmUiLCJleHAiOjE3NjczMTIwMDAsImF1ZCI6InZpc2l0In0.Esmw8zbAmqAiW1d8ov3HA4mS1GmaCLiQyYb604oa46A';
  const application =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0.eyJhcHBsaWNhdGlvbiI6ImFwcF8wMWtmNW0zdjd0ZTBxOGZqNnkzd3E0YjdoNCIsImV4cCI6MTc2NzMxMjAwMCwiYXVkIjoiYXBwbGljYXRpb24ifQ.sz51yPbDDBpXbN8bBpYYjL_RcKnev59WjYBebEYJljQ';

  it('is good until it ends', () => {
    expect(visits.read(visit, now, storefront)).toMatchObject({
      id: 'vis_01kf5m3v7te0q8fj6y3wq4b7h1',
      touches: [{ merchantId: 'mer_01kf5m3v7te0q8fj6y3wq4b7h2', at: '2026-01-01T00:00:00.000Z' }],
    });
    expect(applications.read(application, now)).toMatchObject({ application: 'app_01kf5m3v7te0q8fj6y3wq4b7h4' });
    expect(() => visits.read(visit, later, storefront)).toThrow('token.expired');
  });

  it('is refused to another storefront, as another kind, without its key and when it was changed', () => {
    expect(() => visits.read(visit, now, newId('storefront'))).toThrow('token.invalid');
    expect(() => visits.read(visit, now)).toThrow('token.invalid');
    expect(() => visits.read(application, now)).toThrow('token.invalid');
    expect(() => new TokenSigner('visit', [fresh], record({})).read(visit, now, storefront)).toThrow('token.invalid');
    for (let at = 0; at < visit.length; at++) {
      const changed = visit.slice(0, at) + (visit[at] === 'B' ? 'C' : 'B') + visit.slice(at + 1);
      expect(() => visits.read(changed, now, storefront)).toThrow('token.invalid');
    }
    const [header, payload, signature] = visit.split('.');
    for (const other of [`${visit}.`, `.${visit}`, `${header}.${payload}.`, `${payload}.${signature}`, '..', '.'])
      expect(() => visits.read(other, now, storefront)).toThrow('token.invalid');
  });

  it('is signed by its key and nothing else, whatever its header says', () => {
    const none = Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url');
    const payload = visit.split('.')[1]!;
    const empty = createHmac('sha256', '').update(`${none}.${payload}`).digest('base64url');
    for (const signature of ['', 'AAAA', empty])
      expect(() => visits.read(`${none}.${payload}.${signature}`, now, storefront)).toThrow('token.invalid');
  });
});
