import { ApiProperty } from '@nestjs/swagger';
import { IsText } from '../../shared/fields.js';

/** Of which page. */
export class ShareSignatureQuery {
  /** Address of the page that calls WeChat's JS-SDK; it has to be one of this installation's own. What follows a `#` is left out. */
  @ApiProperty({ example: 'https://yinke.example/portal/share' })
  @IsText(2_000)
  url!: string;
}

/** What a page hands to `wx.config`. */
export class ShareSignatureDto {
  /** Of the operator's account at WeChat. */
  @ApiProperty({ example: 'wx1234567890abcdef' })
  appId!: string;
  /** Seconds since 1970. */
  @ApiProperty({ type: 'integer', example: 1_414_587_457 })
  timestamp!: number;
  /** Used once. */
  @ApiProperty({ example: 'Wm3WZYTPz0wzccnW' })
  nonceStr!: string;
  /** SHA-1 in hex. */
  @ApiProperty({ example: '0f9de62fce790f9a083d5c99e95740ceb90c27ed' })
  signature!: string;
}
