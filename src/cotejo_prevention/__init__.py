"""Referrals to prevention and rehabilitation: a separate installation with its own database, keys and staff (F70).

1. Nothing of the exchange is imported here and nothing here is known to the exchange: no table, key, address or call.
   Give it another machine, or at least another user of the operating system.
2. The directory of programmes is public: no sign-in, no cookie, no log.
3. A referral exists only with the person's recorded consent, and goes to one programme.
4. Only the worker who made a referral reads it. Nobody searches across persons.
5. Whoever consented can withdraw: the referral's key is destroyed and its row deleted; a certificate is printed.
6. There is no field for what a person is said to have done, belonged to or worn, and none for health (F71).
7. Counts leave as one file of rounded figures of periods that are over; nothing about a person ever does.
"""
