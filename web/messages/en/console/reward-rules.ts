const rewardRules = { nav: '' };
export default rewardRules;
