import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { secret } from './crypto.ts';
import { Refusal } from './errors.ts';
import { problemFor } from './serve.ts';
import { openThrottle } from './throttle.ts';

/** The browser's own cookie: one device across phone page and desk (rules 3). */
export const deviceCookie = 'lm_device';

const localeOf = (request: FastifyRequest): 'zh-CN' | 'en' =>
  request.headers['x-locale'] === 'en' ||
  (request.headers['x-locale'] === undefined && /^\s*en\b/i.test(request.headers['accept-language'] ?? ''))
    ? 'en'
    : 'zh-CN';

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

/** The HTTP server with its headers, errors, cookies, pages and OpenAPI document; it knows no endpoint. */
export async function openHttp(options: {
  distFolder: string;
  secureCookies: boolean;
  log: (line: string) => void;
}): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: 256 * 1024, trustProxy: false, forceCloseConnections: true });
  app.setValidatorCompiler(() => (value) => ({ value }));
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  await app.register(cookie);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Last Metre',
        version: '1',
        description: 'A request can be created and followed by a program as well as by a person.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { docExpansion: 'list', deepLinking: true } });

  // A site of five hundred people behind one address asks and follows freely; a script does not.
  const throttle = openThrottle({ perSecond: 40, burst: 400, mostWaitMs: 5_000 });
  app.addHook('onRequest', async (request, reply) => {
    if (
      request.method !== 'GET' &&
      (request.url.startsWith('/api/public/') || request.url.startsWith('/api/session'))
    ) {
      const wait = throttle.delay(request.ip, Date.now());
      if (wait === null) throw new Refusal(429, 'too_busy');
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    reply.header('content-security-policy', policy);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('permissions-policy', 'geolocation=(), microphone=(), payment=()');
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (options.secureCookies) reply.header('strict-transport-security', 'max-age=31536000');
    if (
      !request.cookies?.[deviceCookie] &&
      (request.url.startsWith('/api/public/directory') || request.url.startsWith('/api/session'))
    ) {
      reply.setCookie(deviceCookie, secret(18), {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: options.secureCookies,
        maxAge: 400 * 86_400,
      });
    }
  });

  app.setErrorHandler(async (error: FastifyError | Refusal, request, reply) => {
    const refusal =
      error instanceof Refusal
        ? error
        : error.statusCode && error.statusCode < 500
          ? new Refusal(error.statusCode, error.statusCode === 413 ? 'file_too_large' : 'bad_input', {
              values: { mb: 8 },
            })
          : new Refusal(500, 'internal');
    await refusal.afterwards?.();
    // Never the body or the address with its query: they hold what people wrote.
    if (refusal.status >= 500)
      options.log(`${request.method} ${request.routeOptions.url ?? '?'} failed: ${error.stack ?? error.message}`);
    return reply
      .code(refusal.status)
      .type('application/problem+json; charset=utf-8')
      .send(problemFor(refusal, localeOf(request)));
  });

  for (const [prefix, folder] of [
    ['/desk/', 'desk'],
    ['/p/', 'phone'],
  ] as const) {
    const root = join(options.distFolder, folder);
    // Before a first build there is nothing to serve, and after it nothing to restart.
    mkdirSync(root, { recursive: true });
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: prefix === '/desk/',
      index: ['index.html'],
      wildcard: true,
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          /assets\/.+-[\w-]{8,}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  for (const [from, to] of [
    ['/', '/desk/'],
    ['/desk', '/desk/'],
    ['/p', '/p/'],
  ] as const) {
    app.get(from, { schema: { hide: true } }, (_request, reply) => reply.redirect(to));
  }
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && request.url.startsWith('/desk/') && !request.url.includes('/assets/')) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html', join(options.distFolder, 'desk'));
    }
    return reply
      .code(404)
      .type('application/problem+json; charset=utf-8')
      .send(problemFor(new Refusal(404, 'not_found'), localeOf(request)));
  });
  return app;
}
