import type { Type } from '@nestjs/common';
import { WechatPayeeController } from '../accounts/wechat-payee.controller.js';
import { WechatPayNotificationController } from '../delivery/wechat-pay-notification.controller.js';
import { WechatPayNotificationService } from '../delivery/wechat-pay-notification.service.js';
import { CsvFileRail } from './csv-file.rail.js';
import { HttpBankRail } from './http-bank.rail.js';
import { Iso20022FileRail } from './iso20022-file.rail.js';
import type { FileRail, OnlineRail, RailName } from './payout-rail.js';
import { WechatPayRail } from './wechat-pay.rail.js';

interface RailEntry {
  rail: Type<FileRail | OnlineRail>;
  /** HTTP that this rail alone has, e.g. for its notifications, and what that needs. */
  controllers?: readonly Type[];
  providers?: readonly Type[];
}

/** Every rail of the contract; a new one is its name, an entry here, its settings and its own files. */
const RAILS: Readonly<Record<RailName, RailEntry>> = {
  'iso20022-file': { rail: Iso20022FileRail },
  'csv-file': { rail: CsvFileRail },
  'wechat-pay': {
    rail: WechatPayRail,
    controllers: [WechatPayeeController, WechatPayNotificationController],
    providers: [WechatPayNotificationService],
  },
  'http-bank': { rail: HttpBankRail },
};

const ENTRIES = Object.values(RAILS);

export const RAIL_TYPES = ENTRIES.map(({ rail }) => rail);
export const RAIL_CONTROLLERS = ENTRIES.flatMap(({ controllers }) => controllers ?? []);
export const RAIL_PROVIDERS = ENTRIES.flatMap(({ rail, providers }) => [rail, ...(providers ?? [])]);
