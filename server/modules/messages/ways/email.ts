import { createTransport } from 'nodemailer';
import { type Outcome, shortened, type Way } from './way.ts';

interface SmtpFault extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/**
 * 4xx is "later" (greylisting, a full queue), 5xx is "never"; a connection that breaks is "later". A refused sign-in may be
 * mended by the administrator meanwhile and is tried again.
 */
function outcomeOf(error: SmtpFault): Outcome {
  const answer = shortened(error.response ?? error.message);
  if (error.code === 'EAUTH') return { sent: false, again: true, reason: 'sign_in_refused', answer };
  if (error.code === 'ETLS') return { sent: false, again: true, reason: 'no_encryption', answer };
  if (error.responseCode && error.responseCode >= 500) return { sent: false, again: false, reason: 'refused', answer };
  if (error.responseCode && error.responseCode >= 400) return { sent: false, again: true, reason: 'later', answer };
  if (error.code === 'ETIMEDOUT') return { sent: false, again: true, reason: 'timed_out', answer };
  return { sent: false, again: true, reason: 'not_reached', answer };
}

/** How long a mail server may take, in ms: to be reached, to greet, and to say anything at all after that. */
export interface Limits {
  connection: number;
  greeting: number;
  silence: number;
}

const usual: Limits = { connection: 10_000, greeting: 10_000, silence: 20_000 };

/**
 * SMTP (RFC 5321), encrypted from the first byte or by STARTTLS. The Message-ID carries the delivery's key. A server that is
 * too slow is left: the delivery must end before another program takes it to be lost.
 */
export const emailWithin =
  (limits: Limits): Way =>
  async ({ settings, secrets }, letter) => {
    const { host, port, encryption, user, from, ca } = settings;
    const transport = createTransport({
      host: host ?? '',
      port: port ?? 587,
      secure: encryption === 'tls',
      requireTLS: encryption === 'starttls',
      ignoreTLS: encryption === 'none',
      ...(user ? { auth: { user, pass: secrets.password ?? '' } } : {}),
      ...(ca ? { tls: { ca } } : {}),
      connectionTimeout: limits.connection,
      greetingTimeout: limits.greeting,
      socketTimeout: limits.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { response } = await transport.sendMail({
        from: from ?? '',
        to: letter.to ?? '',
        subject: letter.subject,
        text: letter.text,
        messageId: `<${letter.key}@lastmetre>`,
        date: letter.at,
        // An automatic answer to an automatic mail helps nobody (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { sent: true, answer: shortened(response) };
    } catch (error) {
      return outcomeOf(error as SmtpFault);
    } finally {
      transport.close();
    }
  };

export const byEmail: Way = emailWithin(usual);
