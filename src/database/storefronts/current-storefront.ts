import { Injectable, type PipeTransform } from '@nestjs/common';
import { CurrentPrincipal, type AccessErrorCode, type Principal } from '../../access/index.js';
import { DomainError } from '../../shared/domain-error.js';
import { StorefrontDirectory, type Storefront } from './storefront.js';

/** The storefront of a principal. Throws `access.forbidden` for any other caller. */
@Injectable()
export class StorefrontOfKey implements PipeTransform<Principal, Storefront> {
  constructor(private readonly storefronts: StorefrontDirectory) {}

  transform(principal: Principal): Storefront {
    if (principal.kind !== 'storefront')
      throw new DomainError<AccessErrorCode>('access.forbidden', 'Only a storefront may do this.');
    const storefront = this.storefronts.find(principal.storefrontId);
    if (!storefront)
      throw new DomainError<AccessErrorCode>('access.unauthenticated', 'This key is not known, or has ended.');
    return storefront;
  }
}

/** The {@link Storefront} whose key calls. For routes that only storefront keys may call. */
export const CurrentStorefront = (): ParameterDecorator => CurrentPrincipal(StorefrontOfKey);
