import { ApiProperty } from '@nestjs/swagger';
import { ListedSessionDto } from './listed-session.dto.js';
import { SIGN_IN_WAYS, type SignInWay } from './merchant-session.entity.js';

/** A place where a merchant is signed in. */
export class ListedMerchantSessionDto extends ListedSessionDto {
  /** By a code, by the token of the application, or by WeChat. */
  @ApiProperty({ enum: SIGN_IN_WAYS })
  way!: SignInWay;
}

/** Where a merchant is signed in. */
export class MerchantSessionListDto {
  /** The latest first. */
  items!: ListedMerchantSessionDto[];
}
