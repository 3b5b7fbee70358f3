from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from apps.catalog.services import catalog_seed
from apps.orders.services import customers_seed, orders_seed

CUSTOMERS = 100


class Command(BaseCommand):
    help = "Fill the example shop. The same rows every time; what is there stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--products", type=int, default=500)
        parser.add_argument("--orders", type=int, default=200)

    def handle(self, *, products: int, orders: int, **options) -> None:
        customers = customers_seed(customers=CUSTOMERS)
        with tqdm(total=products, desc="Products", unit="") as bar:
            added = catalog_seed(
                products=products, reviewers=customers, progress=bar.update
            )
        with tqdm(total=orders, desc="Orders", unit="") as bar:
            placed = orders_seed(
                orders=orders, customers=customers, progress=bar.update
            )
        self.stdout.write(f"Added {added} products and {placed} orders.")
