import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Gateway {
  url: string;
  posted: Posted[];
  /** How it answers the next posts: each by the first of these that is left, then by `usual`. */
  answer(...answers: Answer[]): void;
  stop(): Promise<void>;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds before it says anything. */
  slow?: number;
}

/** A robot's address or an SMS gateway, on this machine: a real HTTP server that keeps what is posted to it. */
export async function startGateway(usual: (post: Posted) => Answer): Promise<Gateway> {
  const posted: Posted[] = [];
  let next: Answer[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const post = { path: request.url ?? '', headers: request.headers, body };
      posted.push(post);
      const answer = next.shift() ?? usual(post);
      setTimeout(() => {
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        response.end(answer.body ?? '');
      }, answer.slow ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posted,
    answer(...answers) {
      next = answers;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
