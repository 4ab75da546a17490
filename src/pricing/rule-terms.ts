import { DomainError, type FieldError, type SharedErrorCode } from '../shared/domain-error.js';
import { scopeProblem, type RuleScope } from '../shared/rule.js';
import type { EndRuleDto, RuleTermsDto } from './rule.dto.js';
import type { StorefrontId } from '../shared/ids.js';

/** The terms of a rule version: {@link RuleTermsDto} as values. */
export interface RuleTerms {
  scope: RuleScope;
  storefrontId: StorefrontId | null;
  validFrom: Date;
  validTo: Date | null;
  name: string | null;
}

/** A request that is well-formed, yet cannot be meant. */
export function invalid(...errors: FieldError[]): DomainError<SharedErrorCode> {
  return new DomainError('request.invalid', `${errors.length} field(s) are not valid.`, errors);
}

/** The terms, checked for what one field cannot tell. Throws `request.invalid`. */
export function ruleTerms(dto: RuleTermsDto): RuleTerms {
  const scope = withoutNull(dto.scope);
  const problem = scopeProblem(scope);
  if (problem !== null) throw invalid({ pointer: '/scope', detail: problem });
  const validFrom = new Date(dto.validFrom);
  const validTo = dto.validTo == null ? null : new Date(dto.validTo);
  if (validTo && validTo <= validFrom) throw invalid({ pointer: '/validTo', detail: 'must be later than validFrom' });
  return { scope, storefrontId: dto.storefront ?? null, validFrom, validTo, name: dto.name ?? null };
}

/** When a rule is to end. Throws `request.invalid` for a moment that has passed: what was in force stays true. */
export function endMoment(dto: EndRuleDto, now: Date): Date {
  if (dto.at == null) return now;
  const at = new Date(dto.at);
  if (at < now) throw invalid({ pointer: '/at', detail: 'must not be in the past' });
  return at;
}

function withoutNull(scope: RuleTermsDto['scope']): RuleScope {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value != null));
}
