import { Matches } from 'class-validator';
import { IsText } from '../../../shared/fields.js';

/** The WeChat wallet that a merchant's cash may go to. */
export class PutWechatPayeeDto {
  /** OpenID of the merchant under the operator's AppID. */
  @Matches(/^[A-Za-z0-9_-]{16,64}$/, { message: 'must be an openid: 16 to 64 letters, digits, - and _' })
  openid!: string;

  /** The payee's real name as WeChat Pay knows it; WeChat Pay compares. */
  @IsText(70)
  holder!: string;
}

/** The wallet as shown. */
export class WechatPayeeDto {
  /** `mer_…` */
  merchant!: string;
  /** The payee's name. */
  holder!: string;
  /** `••••` and the last four. */
  maskedOpenid!: string;
  /** Staff id of who recorded it. */
  recordedBy!: string;
  /** RFC 3339. */
  recordedAt!: string;
}
