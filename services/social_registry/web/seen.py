"""What will the other side see of an act? Told before it is done, in one line each."""

from __future__ import annotations

from plumbing.texts import N_

NEVER_WHERE = N_("Police never see the centre, its region or its reason.")
NO_PARENT = N_("No parent is told of it by this system.")
PUBLIC = N_("The public register shows a random number, the region, the level, how many children, a day: no name and no home.")
NO_POLICE = N_("Police and health see nothing of it.")
CARD_GONE = N_("The key of the card is destroyed: nobody can read it any more.")
ASKED = N_("Police are asked for the family's sealed card; they see that the notice is answered, not what was decided.")

SEEN: dict[str, tuple[str, ...]] = {
    "arrived": (N_("Police see: arrived."), NEVER_WHERE),
    "no_show": (N_("Police see: with a person. An inspector makes sure that all is well with her."), NEVER_WHERE, CARD_GONE),
    "decline": (N_("The next centre is asked at once."), NEVER_WHERE, CARD_GONE),
    "left": (N_("Police see: arrived, as before; not that she has left."), N_("Where she went is written nowhere."), CARD_GONE),
    "visit": (ASKED, NO_PARENT),
    "no_visit": (N_("Police see: closed."), N_("What was decided stays with the akimat."), NO_PARENT),
    "enter": (ASKED, PUBLIC, NO_PARENT),
    "enter_after_visit": (NO_POLICE, PUBLIC, NO_PARENT),
    "closed": (NO_POLICE, CARD_GONE),
    "assess": (NO_POLICE, PUBLIC, NO_PARENT),
    "review": (NO_POLICE, PUBLIC, NO_PARENT),
    "close": (NO_POLICE, N_("The public register shows that an entry was closed, and the reason from the list."), CARD_GONE),
    "list_child": (NO_POLICE, N_("The public register shows how many children stand under the entry, no more."), NO_PARENT),
    "close_child": (NO_POLICE, N_("The public register shows how many children stand under the entry, no more."), NO_PARENT),
}
