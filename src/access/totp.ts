import { Secret, TOTP } from 'otpauth';

/** Seconds that one code is good for, and how many codes before and after the present one are taken (clocks differ). */
const PERIOD = 30;
const WINDOW = 1;

/** A new secret in base32: 160 random bits, as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads, often as a QR code. */
export function totpUri(secret: string, account: string): string {
  return totp(secret, account).toString();
}

/**
 * The time step that a code of RFC 6238 (SHA-1, 6 digits, 30 s) belongs to, or null when it is wrong, too old, or of a
 * step that was used before.
 */
export function totpStepOf(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / PERIOD) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

function totp(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'Yinke', label, secret: Secret.fromBase32(secret), period: PERIOD });
}
