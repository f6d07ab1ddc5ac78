from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.demo import PASSWORD, PAST_VISITS, build_demo, database, demo_is_there, serving, sign_ins
from home.demo.progress import Progress


class Command(BaseCommand):
    help = "Builds the demo (invented schools and people, dated around today) and serves it until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="build it and stop")
        parser.add_argument("--fresh", action="store_true", help="empty the database and build it again")
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="N times as much history")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another number, another demo")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, no_serve, fresh, scale, seed, port, **options):
        database.refuse_production()
        if not no_serve:
            serving.refuse_taken_port(port)
        try:
            self.build(Progress(self.stdout), fresh=fresh, seed=seed, scale=max(1, scale))
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. Of the demo nothing was kept, so it can simply be run again."
            ) from None
        self.print_sign_ins()
        if no_serve:
            return
        address = f"\nFortnight is at http://{serving.HOST}:{port}/  (Ctrl-C stops it)"
        serving.serve(port, when_ready=lambda: self.stdout.write(address))

    def build(self, progress, *, fresh, seed, scale):
        database.refuse_strangers()
        if fresh:
            database.start_over()
        database.prepare(progress)
        if demo_is_there():
            self.stdout.write("The demo is there already and is kept. --fresh builds it again around today.")
            return
        past_visits = PAST_VISITS * scale
        build_demo(today=timezone.localdate(), seed=seed, past_visits=past_visits, progress=progress)

    def print_sign_ins(self):
        rows = [("Name", "Role", "Where", "E-mail"), *sign_ins()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        self.stdout.write("")
        for row in rows:
            line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())
        self.stdout.write(f"\nThe password of everybody here is: {PASSWORD}")
