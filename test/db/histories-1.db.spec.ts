import { describeAnyHistory } from '../support/history/any-history.js';

describeAnyHistory();
