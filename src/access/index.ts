export { AccessGuard } from './access.guard.js';
export { AccessModule } from './access.module.js';
export { Allow, CurrentMerchant, CurrentPrincipal } from './allow.decorator.js';
export { ApplicationTokens } from './application-tokens.js';
export { actorIdOf, type AuditActor, AuditLog } from './audit-log.js';
export { AuditLogChain, AuditLogSealRepository } from './audit-log-chain.js';
export { AuditLogEntity } from './audit-log.entity.js';
export { Authenticator } from './authenticator.js';
export { type AccessErrorCode, accessProblems } from './errors.js';
export { readIdempotencyKey } from './idempotency-key.js';
export { IdempotencyRepository, type StoredAnswer, type Turn } from './idempotency.repository.js';
export { type AccountKind, KnownDevices } from './known-devices.js';
export { MerchantSessionEntity, type SignInWay } from './merchant-session.entity.js';
export { ListedMerchantSessionDto, MerchantSessionListDto } from './merchant-session.dto.js';
export type { MerchantPrincipal } from './merchant-session.repository.js';
export { type NewMerchantSession, MerchantSessions } from './merchant-sessions.js';
export { CODE_MINUTES, type CodePurpose, type CodeVerdict, codeRefusal, OneTimeCodes } from './one-time-codes.js';
export { type MadeAdmin, OperatorAdmin } from './operator-admin.js';
export { type OriginSource, Origins } from './origins.js';
export { ANONYMOUS, type Caller, isForBrowsers, type Principal, ROLES, type Role, mayCall } from './principal.js';
export { sealedAccess } from './sealed-access.js';
export { API_KEY_ID, SESSION_ID } from './path-ids.js';
export { RouteCheck } from './route-check.js';
export { routesOf } from './routes.js';
export {
  CLEARED_AT_SIGN_OUT,
  MERCHANT_COOKIE,
  readSessionCookie,
  SESSION_COOKIE,
  sessionCookie,
} from './session-cookie.js';
export { CurrentOrigin, type SignInOrigin } from './sign-in-origin.js';
export { staffIdOf } from './staff-id.js';
export type { Staff } from './staff.js';
export { rowsOfWaitingChanges } from './staff-change.repository.js';
export { StorefrontKeys } from './storefront-keys.js';
export { IsEmailAddress, IsWebOrigin, IsWebUrl } from './validators.js';
export { WIDGET_MINUTES, WidgetTokens } from './widget-tokens.js';
