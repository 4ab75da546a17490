import { ApiProperty } from '@nestjs/swagger';
import { SIGN_IN_WAYS, type SignInWay } from './merchant-session.entity.js';

/** Where a session was started, in words. */
export class DeviceDto {
  /** In Chinese. @example "微信，iPhone" */
  @ApiProperty({ example: '微信，iPhone' })
  'zh-CN'!: string;
  /** In English. */
  @ApiProperty({ example: 'WeChat on iPhone' })
  en!: string;
}

/** A place where somebody is signed in. */
export class ListedSessionDto {
  /** ses_… */
  id!: string;
  /** Where it was started. */
  device!: DeviceDto;
  /** Network address. */
  address!: string | null;
  /** RFC 3339, UTC. */
  startedAt!: string;
  /** When it ends: RFC 3339, UTC. */
  expiresAt!: string;
  /** Whether it is the one that asks. */
  current!: boolean;
}

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
