export { Allow, CurrentPrincipal, CurrentStorefront } from './allow.decorator.js';
export { ROLES, type Principal, type Role } from './principal.js';
export { StorefrontDirectory, type Storefront } from './storefront.js';
export type { AccessErrorCode } from './errors.js';
export { AccessModule } from './access.module.js';
