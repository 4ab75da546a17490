import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';
import { Coupons } from './coupons.js';
import { Points } from './points.js';

/** Points by the day on which they expire, and coupons with the codes that the shop takes them by. */
export default function Assets() {
  const texts = useWords().pages.assets;
  return (
    <Page title={texts.title} from="/">
      <Points />
      <Coupons />
    </Page>
  );
}
