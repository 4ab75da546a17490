import owed from './console/owed.js';
import shared from './console/shared.js';

/** Words of the pages about money, and of parts that many pages use. */
const finance = { shared, owed };

export default finance;
