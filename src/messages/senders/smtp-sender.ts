import { createTransport, type Transporter } from 'nodemailer';
import { MessageSender, type Message } from '../message-sender.js';

const TIMEOUT_MS = 10_000;

/** E-mail over SMTP. */
export class SmtpSender extends MessageSender {
  private readonly transport: Transporter;
  private readonly domain: string;

  /** `url`: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
    this.transport = createTransport({
      url,
      pool: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ id, to, subject, text }: Message): Promise<void> {
    await this.transport.sendMail({
      from: this.from,
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${id}@${this.domain}>`,
    });
  }

  override close(): void {
    this.transport.close();
  }
}
