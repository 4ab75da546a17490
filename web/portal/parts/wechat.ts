/** Whether the page is open in WeChat. */
export const inWechat = /MicroMessenger/i.test(navigator.userAgent);
