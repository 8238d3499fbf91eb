import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { FirstPage, Frame, NoSuchPage } from './frame.tsx';
import { modules } from './modules.ts';
import { Page } from './page.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: NoSuchPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../modules/sign-in/page.tsx')),
});
const first = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage });

const paths = [...new Map(modules.map((module) => [module.route, module])).values()];
const pages = paths.map((module) =>
  createRoute({ getParentRoute: () => root, path: module.route, component: () => <Page path={module.route} /> }),
);

export const router = createRouter({
  routeTree: root.addChildren([first, signIn, ...pages]),
  basepath: '/desk',
  defaultPreload: false,
});
