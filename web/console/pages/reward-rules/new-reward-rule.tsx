import { RewardEditor } from './reward-editor.js';

/** A new reward rule. */
export default function NewRewardRule() {
  return <RewardEditor />;
}
