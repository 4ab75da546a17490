import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { WechatCodeDto } from './sign-in.dto.js';

/** Where to go. */
export class WechatAuthorizationDto {
  /** The page at WeChat that sends the browser back to the portal with `code` and `state`; within ten minutes. */
  @ApiProperty({
    example:
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1234567890abcdef&redirect_uri=https%3A%2F%2Fyinke.example%2Fportal%2Fwechat%2Fsign-in&response_type=code&scope=snsapi_base&state=5f1c0a9e3b7d48261fa0c5e89d3b7a64128e0f5c9b3d7a16#wechat_redirect',
  })
  url!: string;
}

/** The WeChat account that is to sign the merchant in. */
export class LinkWechatDto extends WechatCodeDto {
  /** A code that was sent to the contact, where the session has no fresh one. @example "482913" */
  @IsOptional()
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  confirmation?: string | null;
}

/** Whether a WeChat account signs the merchant in. */
export class MerchantWechatDto {
  /** Since when: RFC 3339, UTC. Null: none does. */
  linkedAt!: string | null;
  /** `••••` and the last four of its openid. Null: none does. */
  @ApiProperty({ type: 'string', nullable: true, example: '••••fL2M' })
  maskedOpenid!: string | null;
}
