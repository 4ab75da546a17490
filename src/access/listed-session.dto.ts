import type { SessionId } from '../shared/ids.js';
import { ApiProperty } from '@nestjs/swagger';

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
  id!: SessionId;
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
