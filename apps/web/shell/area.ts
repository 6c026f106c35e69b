import type { RouteObject } from 'react-router';
import type { Me } from '#libs/contracts/identity/me.js';

export type MenuSection = 'public' | 'mine' | 'market' | 'organizer' | 'admin';

export interface MenuEntry {
  readonly path: string;
  /** Key of the area's texts, `<area>:menu.x`. */
  readonly text: string;
  readonly section: MenuSection;
  readonly order: number;
  readonly visible: (me: Me | null, mailbox: boolean) => boolean;
}

export interface Texts {
  readonly [key: string]: string | Texts;
}

/** A part of the web application: its pages, its menu entries and its words in both languages. */
export interface Area {
  readonly name: string;
  readonly routes: readonly RouteObject[];
  readonly menu: readonly MenuEntry[];
  readonly zh: Texts;
  readonly en: Texts;
}
